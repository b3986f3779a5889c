"""The numbers that the source reports print, put into registers that reports are made of anew."""
