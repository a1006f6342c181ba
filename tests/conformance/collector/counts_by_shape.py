import gc
class C:
    pass
def shape(name, build):
    gc.collect()
    build()
    print(name, gc.collect())
def self_list():
    l = []
    l.append(l)
def self_dict():
    d = {}
    d['d'] = d
def instance_and_list():
    c = C()
    c.l = [c]
def family():
    parent = C()
    parent.children = []
    for _ in range(3):
        child = C()
        child.parent = parent
        parent.children.append(child)
def ring():
    nodes = [[] for _ in range(10)]
    for i, node in enumerate(nodes):
        node.append(nodes[(i + 1) % 10])
def touched_dict():
    a, b = C(), C()
    a.other, b.other = b, a
    a.__dict__, b.__dict__
shape('self list', self_list)
shape('self dict', self_dict)
shape('instance and list', instance_and_list)
shape('family', family)
shape('ring', ring)
shape('touched dict', touched_dict)
