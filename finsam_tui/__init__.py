"""finsam: the register of a samordningsförbund, in the terminal."""

__version__ = "0.1.0"
