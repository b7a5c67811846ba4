"""Is this an image to judge at all?"""
