# Trees: nodes made, dumped, compiled, changed and turned back into source.
import ast

tree = ast.parse("x = [1, 'a', f'{y!r:>{w}}', 2j, b'q', ...]\ndef f(a, *, b=1): return a < b <= 3\n")
print(ast.dump(tree))
print(ast.unparse(tree))
names = {'y': 3, 'w': 5}
exec(compile(tree, '<tree>', 'exec'), names)
print(names['x'], names['f'](1, b=2))
print(ast.Name('a', ast.Load()).id, ast.Name._fields, ast.Name.__doc__)
print(ast.Call(ast.Name('f', ast.Load())).__dict__.keys())
print(ast.literal_eval("{'a': [1, (2, 3.5)], 'b': {4}}"))


class Doubler(ast.NodeTransformer):
    def visit_Constant(self, node):
        return ast.copy_location(ast.Constant(node.value * 2), node)


doubled = ast.fix_missing_locations(Doubler().visit(ast.parse('print(1, 2.5, "ab")')))
exec(compile(doubled, '<doubled>', 'exec'))
for wrong in (
    lambda: compile(ast.Module([ast.Pass()], []), 'f', 'exec'),
    lambda: compile(ast.Expression(ast.Constant(1)), 'f', 'exec'),
    lambda: compile(ast.Expression(ast.Name('True', ast.Load(), lineno=1, col_offset=0)), 'f', 'eval'),
    lambda: compile(ast.Expression(ast.Name('x', ast.Store(), lineno=1, col_offset=0)), 'f', 'eval'),
    lambda: ast.Name('a', 'b', 'c'),
    lambda: ast.Name('a', id='b'),
    lambda: ast.literal_eval('f(1)'),
):
    try:
        print(wrong())
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
print([type(n).__name__ for n in ast.walk(ast.parse('a + b * c'))])
