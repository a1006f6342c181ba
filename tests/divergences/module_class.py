# category: built-in types
# description: A module cannot be given a subclass of ModuleType as its __class__.
# cause: Instances of classes written in Python have a longer header here than a module's, and objects do not move.
# workaround: Put an instance of the subclass into sys.modules.
# cpython: 1
# heapbook: TypeError: __class__ assignment only supported for mutable types or ModuleType subclasses
import types


class Answering(types.ModuleType):
    answer = 1


module = types.ModuleType('m')
module.__class__ = Answering
print(module.answer)
