"""What reading costs: throughput, memory and growth, as ratios against bare spaCy."""
