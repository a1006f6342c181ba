# category: outside world
# description: open() raises.
# cause: A page has no file system; a program's own files come later.
# workaround: Keep the text in a string.
# cpython: True
# heapbook: OSError: files are not supported yet
with open(__file__) as f:
    print(len(f.read()) > 0)
