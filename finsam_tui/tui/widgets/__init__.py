"""What the screens are built of; what is pure logic here does not import Textual."""
