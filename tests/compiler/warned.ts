/** Programs that compile with SyntaxWarnings; the oracle says which. */
export const warned: readonly string[] = [
  'def f():\n while 1:\n  try: pass\n  finally:\n   while 1:\n    return 1\n    break\n   else:\n    continue\n   break\n',
  'def f():\n try: 1\n finally:\n  try: 2\n  except: return 3\n  finally:\n   return 4\n',
  'def f():\n try: 1\n finally:\n  def g(): return 1\n  class C:\n   def h(self): return 2\n',
  'def f():\n try: x is 1\n finally: y is 2; return 2',
  'def f():\n try: 1\n except* A: 2\n finally: return 1',
  'while 1:\n try: 1\n finally:\n  for x in y: continue\n  with a: continue\n  if b: break\n',
  'x = 1 is 1 is 2\n() is x\n(1, 2) is not x\n... is x\nNone is x\n-1 is x\nx is f"a"\n(1, y) is x',
  "1()\n(1, 2)()\n[1]()\n{}()\n{1}()\nf''()\n(lambda: 1)()\nNone()\n't'()\n1.5()\n[x for x in y]()\n(x for x in y)()",
  '1[0]\nNone[0]\n{1}[0]\n(x for x in y)[0]\n(lambda: 1)[0]\n1j[0]\nTrue[0]\n...[0]\n{x for x in y}[0]',
  "[1]['a']\n'a'['b']\nf''[1.5]\n'a'[(1,)]\n'a'[None]\n[1][[2]]\nb'a'['b']\n'a'[True]\n[x for x in y]['a']\n(1, 2)[1:2]\n(x, 2)['a']",
  "assert (1, 'a')\nassert ()\nassert (x, y), z\nassert (1,)\n",
  "if a is 1 < 2: 1\nif a is 'b': 1\nwhile a is not 'b': pass\nx = 1 if a is 1 else 2\n",
];
