# category: strings
# description: \N{…} in a literal is not understood, nor is the error handler 'namereplace'.
# cause: The names of all characters are a large table, which a course on memory has little use for.
# workaround: Write the character, or its number: '\u2022'.
# cpython: 1
# heapbook: SyntaxError: \N{BULLET}: character names are not supported
print(len('\N{BULLET}'))
