"""Speed, measured against limits in one run."""
