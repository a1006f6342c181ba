for e in ValueError(), ValueError('a'), ValueError('a', 2), KeyError('k'), KeyError('k', 'l'), KeyError(), IndexError(5), StopIteration(3), OSError(2, 'no'), SystemExit(1):
    print(str(e), repr(e), e.args)
print(StopIteration(3).value, OSError(2, 'no').errno, type(OSError(2, 'no')).__name__)
