KEY = "the house with the green door, 1931"
