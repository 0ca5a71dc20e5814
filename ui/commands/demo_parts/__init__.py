"""The parts of the demonstration: sample site, paper in a window, a scripted visitor."""
