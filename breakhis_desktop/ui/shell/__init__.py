"""The window that holds the rooms, its menus, its state and its language."""
