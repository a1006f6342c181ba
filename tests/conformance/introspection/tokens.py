# The tokens of a program, with comments and blank lines.
import io
import tokenize

source = '''# head
def f(a,
      b): # why

    # own line
    return f"{a!r:>{b}} {{x}}" + 'q' \\
      + """m
n"""
'''
for token in tokenize.generate_tokens(io.StringIO(source).readline):
    print(tokenize.tok_name[token.type], repr(token.string), token.start, token.end)
for text in ('x', '(1,\n', "x = 'abc\n", 'if 1:\n    x\n  y\n', 'a ? $\n'):
    try:
        print([t.string for t in tokenize.generate_tokens(io.StringIO(text).readline)])
    except (tokenize.TokenError, SyntaxError) as error:
        print(type(error).__name__, error.args[0])
