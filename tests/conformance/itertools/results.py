import itertools
from itertools import *
print(list(batched('abcdefg',3)), list(pairwise(range(5))))
print([(k,list(g)) for k,g in groupby('aabbbc')])
a,b=tee(range(3)); print(list(a),list(b))
print(list(islice(count(3),2,9,3)), list(takewhile(lambda x:x<3, count())), list(dropwhile(lambda x:x<3, range(6))))
print(list(chain('ab','cd')), list(chain.from_iterable(['x','yz'])), list(starmap(pow,[(2,3),(3,2)])))
print(list(islice(cycle('abc'),7)), list(repeat(1,3)), repeat(5), repeat(5,2), count(), count(1.5,.5), count(3,2))
print(list(accumulate([1,2,3])), list(accumulate([1,2,3],initial=10)), list(accumulate([1,2,3],lambda a,b:a*b)))
print(list(zip_longest('abc','x',fillvalue='-')))
print(list(product('ab',repeat=2)), list(permutations('abc',2)), list(combinations('abcd',2)), list(combinations_with_replacement('abc',2)))
print(list(filterfalse(None,range(3))), list(compress('abc',[1,0,1])))
