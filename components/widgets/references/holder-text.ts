import type { Holder } from '../../../lib/engine/snapshot/snapshot';

/** How a holder is spoken of: what sort of slot, and the slot itself as code. The object it belongs to follows. */
export function holderText(holder: Holder): {
  readonly what: string;
  readonly slot: string | null;
  readonly where: string;
} {
  const { kind, label, frame } = holder;
  switch (kind) {
    case 'name':
      return { what: 'the name', slot: label, where: '' };
    case 'local':
      return { what: 'the local name', slot: label, where: frame === null ? '' : `of ${frame}()` };
    case 'closure-cell':
      return { what: 'the closure cell', slot: label, where: '' };
    case 'item':
      return { what: 'the item', slot: label, where: 'of' };
    case 'key':
      return { what: 'the key', slot: label, where: 'of' };
    case 'value':
      return { what: 'the value', slot: label, where: 'of' };
    case 'attribute':
      return { what: 'the attribute', slot: label, where: 'of' };
    case 'stack':
      return { what: label, slot: null, where: '' };
    case 'internal':
      return { what: label, slot: null, where: holder.holder ? 'of' : '' };
  }
}
