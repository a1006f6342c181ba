/** `sys._debugmallocstats()` (Objects/obmalloc.c, `_PyObject_DebugMallocStats`): the allocator's model as a table. */
import type { FreeList } from '../heap/freelists';
import type { Heap } from '../heap/heap';

const ARENA_BYTES = 1 << 20;
const POOL_BYTES = 1 << 14;
const POOL_HEADER = 48;
const POOLS_PER_ARENA = ARENA_BYTES / POOL_BYTES;
/** The radix tree that finds an arena by its address: one root, one middle and one bottom node. */
const ARENA_MAP = { root: 262_144, mid: 262_144, bot: 131_072 };

function printOne(message: string, value: number): string {
  return `${message.padEnd(35)}=${value.toLocaleString('en-US').padStart(21)}\n`;
}

function freeBlocks(list: FreeList, what: string, bytes: number): string {
  const text = `${list.size} free ${what}s * ${bytes} bytes each`;
  return printOne(`${text.padStart(48)} `, list.size * bytes);
}

export function mallocStatistics(heap: Heap): string {
  const classes = heap.obmalloc.classStats();
  const { arenas, poolsInUse } = heap.obmalloc.stats();
  let out = `Small block threshold = 512, in ${classes.length} size classes.\n\n`;
  out += 'class   size   num pools   blocks in use  avail blocks\n';
  out += '-----   ----   ---------   -------------  ------------\n';
  let allocated = 0;
  let available = 0;
  let headers = 0;
  let quantization = 0;
  for (const [i, { pools, used, free }] of classes.entries()) {
    const size = (i + 1) * 16;
    if (pools === 0) continue;
    const columns = [pools, used, free].map((n, k) => String(n).padStart([12, 16, 14][k]!));
    out += `${String(i).padStart(5)} ${String(size).padStart(6)}${columns.join('')}\n`;
    allocated += used * size;
    available += free * size;
    headers += pools * POOL_HEADER;
    quantization += pools * ((POOL_BYTES - POOL_HEADER) % size);
  }
  out += '\n';
  out += printOne('# arenas allocated total', arenas);
  out += printOne('# arenas reclaimed', 0);
  out += printOne('# arenas highwater mark', arenas);
  out += printOne('# arenas allocated current', arenas);
  out += printOne(`${arenas} arenas * ${ARENA_BYTES} bytes/arena`, arenas * ARENA_BYTES);
  out += '\n';
  const unused = arenas * POOLS_PER_ARENA - poolsInUse;
  out += printOne('# bytes in allocated blocks', allocated);
  out += printOne('# bytes in available blocks', available);
  out += printOne(`${unused} unused pools * ${POOL_BYTES} bytes`, unused * POOL_BYTES);
  out += printOne('# bytes lost to pool headers', headers);
  out += printOne('# bytes lost to quantization', quantization);
  out += printOne('# bytes lost to arena alignment', 0);
  out += printOne('Total', allocated + available + unused * POOL_BYTES + headers + quantization);
  out += '\narena map counts\n';
  out += printOne('# arena map mid nodes', 1);
  out += printOne('# arena map bot nodes', 1);
  out += '\n';
  for (const [level, bytes] of Object.entries(ARENA_MAP)) out += printOne(`# bytes lost to arena map ${level}`, bytes);
  out += printOne('Total', ARENA_MAP.root + ARENA_MAP.mid + ARENA_MAP.bot);
  out += '\n';
  const { freelists, facts } = heap;
  out += freeBlocks(freelists.dict, 'PyDictObject', 48);
  out += freeBlocks(freelists.dictkeys, 'PyDictKeysObject', 32);
  out += freeBlocks(freelists.float, 'PyFloatObject', 24);
  out += freeBlocks(freelists.list, 'PyListObject', 40);
  const tuple = facts.name === '3.13' ? 24 : 32;
  for (const [n, list] of freelists.tuples.entries())
    if (list !== null) out += freeBlocks(list, `${n}-sized PyTupleObject`, tuple + 8 * n);
  return out;
}
