"""Speed, measured against limits in the same run, as ratios: absolute figures of a noisy machine say little."""
