"""What is asked, declared once: every front end, check, import and codebook is made from here."""
