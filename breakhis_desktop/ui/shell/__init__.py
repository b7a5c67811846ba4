"""The main window: its frame, menus, saved state and preferences."""
