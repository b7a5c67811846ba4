"""The networks and how they learn: backbones, losses, optimisers, augmentation and batches."""
