x = """abc
never closed
