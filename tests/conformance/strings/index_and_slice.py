s = 'abcdef'
print(s[0], s[-1], s[1:3], s[::-1], s[::2], s[-3:], s[:-1], s[10:], s[4:1], s[4:1:-1], s[1:100], len(s))
print('é€😀'[2], len('é€😀'), 'é€😀'[::-1], 'a' < 'b', 'Z' < 'a', 'abc' < 'abd', '' < 'a', 'a' * 3, 3 * 'ab', 'a' * -1 == '')
print(ord('a'), chr(97), ord('😀'), chr(128512), max('hello'), sorted('hello'), list('abc'), 'a' 'b')
