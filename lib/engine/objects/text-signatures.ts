/**
 * The parameters of CPython's own functions and methods, as their `__text_signature__` shows them: names and defaults,
 * which `inspect.signature` reads. `@owner` starts the rows of a type or module (none: the types themselves, as they are
 * called); what takes nothing, or is a `__new__` of anything, has no row. 3.14's stand behind `~` where they differ.
 */
import type { Profile } from '../version';

const TABLE = String.raw`
@
GenericAlias origin, args, /
NoneType 
NotImplementedType 
SimpleNamespace mapping_or_iterable=(), /, **kwargs
_tee iterable, /
accumulate iterable, func=None, *, initial=None
batched iterable, n, *, strict=False
attrgetter attr, /, *attrs
bool object=False, /
cell [contents]
chain *iterables
classmethod function, /
code argcount, posonlyargcount, kwonlyargcount, nlocals, stacksize, flags, codestring, constants, names, varnames, filename, name, qualname, firstlineno, linetable, exceptiontable, freevars=(), cellvars=(), /
combinations iterable, r
combinations_with_replacement iterable, r
complex real=0, imag=0
compress data, selectors
count start=0, step=1
cycle iterable, /
deque [iterable[, maxlen]]
dropwhile predicate, iterable, /
ellipsis 
enumerate iterable, start=0
filter function, iterable, /
filterfalse function, iterable, /
float x=0, /
frozenset iterable=(), /
function code, globals, name=None, argdefs=None, closure=None, kwdefaults=None
groupby iterable, key=None
itemgetter item, /, *items
list iterable=(), /
map function, iterable, /, *iterables ~ function, iterable, /, *iterables, strict=False
mappingproxy mapping
methodcaller name, /, *args, **kwargs
memoryview object
method function, instance, /
module name, doc=None
object 
pairwise iterable, /
partial func, /, *args, **keywords
permutations iterable, r=None
product *iterables, repeat=1
property fget=None, fset=None, fdel=None, doc=None
reversed sequence, /
set iterable=(), /
starmap function, iterable, /
staticmethod function, /
takewhile predicate, iterable, /
traceback tb_next, tb_frame, tb_lasti, tb_lineno
tuple iterable=(), /
zip *iterables, strict=False
zip_longest *iterables, fillvalue=None
@BaseException
__setstate__ object, / ~ state, /
add_note object, / ~ note, /
with_traceback object, / ~ tb, /
@BaseExceptionGroup
__class_getitem__ object, /
derive object, / ~ excs, /
split object, / ~ matcher_value, /
subgroup object, / ~ matcher_value, /
@GenericAlias
__instancecheck__ object, /
__mro_entries__ object, /
__subclasscheck__ object, /
@OrderedDict
fromkeys /, iterable, value=None
move_to_end /, key, last=True
pop /, key, default=<unrepresentable>
popitem /, last=True
setdefault /, key, default=None
@ReferenceType
__class_getitem__ object, /
@SimpleNamespace
__replace__ /, **changes
@Union
__class_getitem__ object, /
__mro_entries__ object, /
@_collections
_count_elements mapping, iterable, /
@_functools
cmp_to_key /, mycmp
reduce function, iterable, /, initial=<unrepresentable>
@_operator
_compare_digest a, b, /
abs a, /
add a, b, /
and_ a, b, /
call obj, /, *args, **kwargs
concat a, b, /
contains a, b, /
countOf a, b, /
delitem a, b, /
eq a, b, /
floordiv a, b, /
ge a, b, /
getitem a, b, /
gt a, b, /
iadd a, b, /
iand a, b, /
iconcat a, b, /
ifloordiv a, b, /
ilshift a, b, /
imatmul a, b, /
imod a, b, /
imul a, b, /
index a, /
indexOf a, b, /
inv a, /
invert a, /
ior a, b, /
ipow a, b, /
irshift a, b, /
is_ a, b, /
is_none a, /
is_not a, b, /
is_not_none a, /
isub a, b, /
itruediv a, b, /
ixor a, b, /
le a, b, /
length_hint obj, default=0, /
lshift a, b, /
lt a, b, /
matmul a, b, /
mod a, b, /
mul a, b, /
ne a, b, /
neg a, /
not_ a, /
or_ a, b, /
pos a, /
pow a, b, /
rshift a, b, /
setitem a, b, c, /
sub a, b, /
truediv a, b, /
truth a, /
xor a, b, /
@_tee
__setstate__ object, /
@_weakref
_remove_dead_weakref dct, key, /
getweakrefcount object, /
getweakrefs object, /
proxy object, callback=None, /
@accumulate
__setstate__ object, /
@async_generator
__class_getitem__ object, /
asend object, /
@builtins
__import__ /, name, globals=None, locals=None, fromlist=(), level=0
abs x, /
aiter async_iterable, /
all iterable, /
anext aiterator, default=<unrepresentable>, /
any iterable, /
ascii obj, /
bin number, /
breakpoint /, *args, **kws
callable obj, /
chr i, /
compile /, source, filename, mode, flags=0, dont_inherit=False, optimize=-1, *, _feature_version=-1
delattr obj, name, /
divmod x, y, /
eval source, /, globals=None, locals=None
exec source, /, globals=None, locals=None, *, closure=None
format value, format_spec='', /
hasattr obj, name, /
hash obj, /
hex number, /
id obj, /
input prompt='', /
isinstance obj, class_or_tuple, /
issubclass cls, class_or_tuple, /
len obj, /
oct number, /
open /, file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None
ord c, / ~ character, /
pow /, base, exp, mod=None
print /, *args, sep=' ', end='\n', file=None, flush=False
repr obj, /
round /, number, ndigits=None
setattr obj, name, value, /
sorted iterable, /, *, key=None, reverse=False
sum iterable, /, start=0
@bytearray
__reduce_ex__ proto=0, /
append item, /
center width, fillchar=b' ', /
count sub[, start[, end]], /
decode /, encoding='utf-8', errors='strict'
endswith suffix[, start[, end]], /
expandtabs /, tabsize=8
extend iterable_of_ints, /
find sub[, start[, end]], /
fromhex string, /
hex /, sep=<unrepresentable>, bytes_per_sep=1
index sub[, start[, end]], /
insert index, item, /
join iterable_of_bytes, /
ljust width, fillchar=b' ', /
lstrip bytes=None, /
maketrans frm, to, /
partition sep, /
pop index=-1, /
remove value, /
removeprefix prefix, /
removesuffix suffix, /
replace old, new, count=-1, /
resize size, /
rfind sub[, start[, end]], /
rindex sub[, start[, end]], /
rjust width, fillchar=b' ', /
rpartition sep, /
rsplit /, sep=None, maxsplit=-1
rstrip bytes=None, /
split /, sep=None, maxsplit=-1
splitlines /, keepends=False
startswith prefix[, start[, end]], /
strip bytes=None, /
translate table, /, delete=b''
zfill width, /
@bytes
center width, fillchar=b' ', /
count sub[, start[, end]], /
decode /, encoding='utf-8', errors='strict'
endswith suffix[, start[, end]], /
expandtabs /, tabsize=8
find sub[, start[, end]], /
fromhex string, /
hex /, sep=<unrepresentable>, bytes_per_sep=1
index sub[, start[, end]], /
join iterable_of_bytes, /
ljust width, fillchar=b' ', /
lstrip bytes=None, /
maketrans frm, to, /
partition sep, /
removeprefix prefix, /
removesuffix suffix, /
replace old, new, count=-1, /
rfind sub[, start[, end]], /
rindex sub[, start[, end]], /
rjust width, fillchar=b' ', /
rpartition sep, /
rsplit /, sep=None, maxsplit=-1
rstrip bytes=None, /
split /, sep=None, maxsplit=-1
splitlines /, keepends=False
startswith prefix[, start[, end]], /
strip bytes=None, /
translate table, /, delete=b''
zfill width, /
@chain
__class_getitem__ object, /
__setstate__ object, /
from_iterable iterable, /
@classmethod
__class_getitem__ object, /
@code
__replace__ /, **changes
_varname_from_oparg /, oparg
replace /, **changes
@combinations
__setstate__ object, /
@combinations_with_replacement
__setstate__ object, /
@complex
__format__ format_spec, /
from_number number, /
@coroutine
__class_getitem__ object, /
send object, /
@cycle
__setstate__ object, /
@defaultdict
__class_getitem__ object, /
__missing__ object, /
@deque
__class_getitem__ object, /
append item, /
appendleft item, /
count value, /
extend iterable, /
extendleft iterable, /
index value, [start, [stop]]
insert index, value, /
remove value, /
rotate n=1, /
@dict
__class_getitem__ object, /
__contains__ key, /
__getitem__ key, /
fromkeys iterable, value=None, /
get key, default=None, /
pop key, default=<unrepresentable>, /
setdefault key, default=None, /
@dict_items
isdisjoint object, /
@dict_keys
isdisjoint object, /
@dropwhile
__setstate__ object, /
@enumerate
__class_getitem__ object, /
@float
__format__ format_spec, /
__getformat__ typestr, /
__round__ ndigits=None, /
from_number number, /
fromhex string, /
@frozenset
__class_getitem__ object, /
__contains__ object, /
difference /, *others
intersection /, *others
isdisjoint other, /
issubset other, /
issuperset other, /
symmetric_difference other, /
union /, *others
@gc
collect /, generation=2
get_objects /, generation=None
get_referents /, *objs
get_referrers /, *objs
is_finalized obj, /
is_tracked obj, /
set_debug flags, /
@generator
__class_getitem__ object, /
send object, /
@groupby
__setstate__ object, /
@int
__format__ format_spec, /
__round__ ndigits=<unrepresentable>, / ~ ndigits=None, /
from_bytes /, bytes, byteorder='big', *, signed=False
to_bytes /, length=1, byteorder='big', *, signed=False
@islice
__setstate__ object, /
@itertools
tee iterable, n=2, /
@list
__class_getitem__ object, /
__getitem__ index, /
append object, /
count value, /
extend iterable, /
index value, start=0, stop=sys.maxsize, /
insert index, object, /
pop index=-1, /
remove value, /
sort /, *, key=None, reverse=False
@map
__setstate__ object, /
@mappingproxy
__class_getitem__ object, /
get key, default=None, /
@math
acos x, /
acosh x, /
asin x, /
asinh x, /
atan x, /
atan2 y, x, /
atanh x, /
cbrt x, /
ceil x, /
comb n, k, /
copysign x, y, /
cos x, /
cosh x, /
degrees x, /
dist p, q, /
erf x, /
erfc x, /
exp x, /
exp2 x, /
expm1 x, /
fabs x, /
factorial n, /
floor x, /
fma x, y, z, /
fmod x, y, /
frexp x, /
fsum seq, /
gamma x, /
gcd *integers ~ /, *integers
hypot /, *coordinates
isclose /, a, b, *, rel_tol=1e-09, abs_tol=0.0
isfinite x, /
isinf x, /
isnan x, /
isqrt n, /
lcm *integers ~ /, *integers
ldexp x, i, /
lgamma x, /
log10 x, /
log1p x, /
log2 x, /
modf x, /
nextafter x, y, /, *, steps=None
perm n, k=None, /
pow x, y, /
prod iterable, /, *, start=1
radians x, /
remainder x, y, /
sin x, /
sinh x, /
sqrt x, /
sumprod p, q, /
tan x, /
tanh x, /
trunc x, /
ulp x, /
@memoryview
__class_getitem__ object, /
__exit__ /, *exc_info
_from_flags /, object, flags
cast /, format, shape=<unrepresentable>
count value, /
hex /, sep=<unrepresentable>, bytes_per_sep=1
index value, start=0, stop=sys.maxsize, /
tobytes /, order='C'
@object
__format__ format_spec, /
__reduce_ex__ protocol, /
__subclasshook__ object, /
@partial
__class_getitem__ object, /
__setstate__ object, /
@permutations
__setstate__ object, /
@product
__setstate__ object, /
@property
__set_name__ owner, name, /
deleter object, /
getter object, /
setter object, /
@range
count object, /
index object, /
@reversed
__setstate__ object, /
@set
__class_getitem__ object, /
__contains__ object, /
add object, /
difference /, *others
difference_update /, *others
discard object, /
intersection /, *others
intersection_update /, *others
isdisjoint other, /
issubset other, /
issuperset other, /
remove object, /
symmetric_difference other, /
symmetric_difference_update other, /
union /, *others
update /, *others
@slice
indices object, /
@staticmethod
__class_getitem__ object, /
@str
__format__ format_spec, /
center width, fillchar=' ', /
count sub[, start[, end]], /
encode /, encoding='utf-8', errors='strict'
endswith suffix[, start[, end]], /
expandtabs /, tabsize=8
find sub[, start[, end]], /
format /, *args, **kwargs
format_map mapping, /
index sub[, start[, end]], /
join iterable, /
ljust width, fillchar=' ', /
lstrip chars=None, /
maketrans x, y=<unrepresentable>, z=<unrepresentable>, /
partition sep, /
removeprefix prefix, /
removesuffix suffix, /
replace old, new, /, count=-1
rfind sub[, start[, end]], /
rindex sub[, start[, end]], /
rjust width, fillchar=' ', /
rpartition sep, /
rsplit /, sep=None, maxsplit=-1
rstrip chars=None, /
split /, sep=None, maxsplit=-1
splitlines /, keepends=False
startswith prefix[, start[, end]], /
strip chars=None, /
translate table, /
zfill width, /
@sys
__breakpointhook__ /, *args, **kwargs
__displayhook__ object, /
__excepthook__ exctype, value, traceback, /
__unraisablehook__ unraisable, /
_clear_type_descriptors type, /
_dump_tracelets /, outpath
_getframe depth=0, /
_getframemodulename /, depth=0
_is_immortal op, /
_is_interned string, /
_setprofileallthreads function, /
_settraceallthreads function, /
activate_stack_trampoline backend, /
addaudithook /, hook
audit event, /, *args
breakpointhook /, *args, **kwargs
call_tracing func, args, /
displayhook object, /
excepthook exctype, value, traceback, /
exit status=None, /
getrefcount object, /
getunicodeinternedsize /, *, _only_immortal=False
intern string, /
remote_exec /, pid, script
set_coroutine_origin_tracking_depth /, depth
set_int_max_str_digits /, maxdigits
setdlopenflags flags, /
setprofile function, /
setrecursionlimit limit, /
setswitchinterval interval, /
settrace function, /
unraisablehook unraisable, /
@takewhile
__setstate__ object, /
@time
clock_gettime clk_id, /
clock_gettime_ns clk_id, /
mktime object, /
sleep object, /
@tuple
__class_getitem__ object, /
count value, /
index value, start=0, stop=sys.maxsize, /
@type
__instancecheck__ instance, /
__prepare__ name, bases, /, **kwds
__subclasscheck__ subclass, /
@zip
__setstate__ object, /
@zip_longest
__setstate__ object, /
`;

/** Special methods of slots that take something. */
const SLOTS = `
/, *args, **kwargs: init call
name, /: getattribute delattr
name, value, /: setattr
instance, owner=None, /: get
value, /: lt le eq ne gt ge add mul rmul mod rmod iadd imul or ror ior sub rsub and rand xor rxor isub iand ixor radd divmod rdivmod floordiv rfloordiv truediv rtruediv lshift rlshift rshift rrshift imod ipow ilshift irshift ifloordiv itruediv matmul rmatmul imatmul
key, /: getitem contains delitem
flags, /: buffer
buffer, /: release_buffer
key, value, /: setitem
value, mod=None, /: pow rpow
instance, value, /: set
instance, /: delete
`;

const tables = new Map<Profile, Map<string, string>>();

function tableOf(profile: Profile): Map<string, string> {
  let table = tables.get(profile);
  if (table !== undefined) return table;
  table = new Map();
  let owner = '';
  for (const row of TABLE.trim().split('\n')) {
    if (row.startsWith('@')) owner = row.slice(1);
    else {
      const space = row.indexOf(' ');
      const [old, modern] = row.slice(space + 1).split(' ~ ');
      table.set(`${owner}.${row.slice(0, space)}`, profile === '3.13' ? old! : (modern ?? old!));
    }
  }
  tables.set(profile, table);
  return table;
}

let slots: Map<string, string> | null = null;

/** Of a slot's wrapper, `int.__add__`. */
export function slotSignature(name: string): string {
  if (slots === null) {
    slots = new Map();
    for (const row of SLOTS.trim().split('\n')) {
      const [inner, names] = row.split(': ') as [string, string];
      for (const n of names.split(' ')) slots.set(`__${n}__`, inner);
    }
  }
  return `($self, ${slots.get(name) ?? '/'})`;
}

/** Of a type that is called; null: none. */
export function typeSignature(profile: Profile, name: string): string | null {
  const inner = tableOf(profile).get(`.${shortName(name)}`);
  return inner === undefined ? null : `(${inner})`;
}

function shortName(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

/**
 * Of a function or method; null: CPython has none, or we do not know.
 * @param owner the module, or the type that defines it
 * @param first $module, $self or $type
 * @param takesNothing it has no parameters
 */
export function textSignature(
  profile: Profile,
  owner: string,
  name: string,
  first: string,
  takesNothing: boolean,
): string | null {
  const table = tableOf(profile);
  const inner = table.get(`${owner}.${name}`) ?? table.get(`${shortName(owner)}.${name}`);
  if (inner !== undefined) return inner === '' ? `(${first})` : `(${first}, ${inner})`;
  if (name === '__new__') return '($type, *args, **kwargs)';
  return takesNothing ? `(${first}, /)` : null;
}
