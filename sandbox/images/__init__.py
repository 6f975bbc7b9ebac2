"""The images that sandboxes start from: what is in them, their tags, their building."""
