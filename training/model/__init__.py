"""The networks and what they learn by: backbones, losses, optimisers, augmentation and batches."""
