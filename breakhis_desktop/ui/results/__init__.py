"""The table and the contact sheet, their filters, and the operating point that decides them."""
