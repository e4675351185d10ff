print("interline")
