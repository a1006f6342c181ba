/**
 * What a t-string makes (Objects/templateobject.c, Objects/interpolationobject.c, 3.14): the texts around the braces,
 * one more than there are interpolations, and for each pair of braces its value and how it was written.
 *
 *     Template       ob_refcnt ob_type | strings  interpolations
 *     Interpolation  ob_refcnt ob_type | value  expression  conversion  format_spec
 *     TemplateIter   ob_refcnt ob_type | strings' iterator  interpolations' iterator  from_strings
 */
import type { Handle } from '../heap/layout';
import type { GetSetDef, TypeSpec } from '../heap/object';
import { getAttrString, isStr, reprText, typeName } from './abstract';
import { newGenericAlias } from './generic-alias';
import { genericGetAttr } from './generic-attr';
import { params, parseArgs } from './getargs';
import { selfIter, tupleIter } from './iter';
import { freeObject, newObject } from './object';
import type { Runtime } from './runtime';
import { strFrom, strLength, strValue } from './str';
import { newTuple, tupleItems } from './tuple';

const FIRST = 2;
const SECOND = 3;
const CONVERSION = 4;
const FORMAT_SPEC = 5;
const FROM_STRINGS = 4;

const isTemplate = (rt: Runtime, h: Handle): boolean => rt.is(h, rt.types['string.templatelib.Template']);
const isInterpolation = (rt: Runtime, h: Handle): boolean => rt.is(h, rt.types['string.templatelib.Interpolation']);

/** `_PyTemplate_Build`: the tuples are borrowed. New. */
export function newTemplate(rt: Runtime, strings: Handle, interpolations: Handle): Handle {
  const h = newObject(rt, rt.types['string.templatelib.Template']);
  rt.heap.set(h + FIRST, rt.newRef(strings));
  rt.heap.set(h + SECOND, rt.newRef(interpolations));
  rt.heap.gcTrack(h);
  return h;
}

/** All borrowed; new. */
function makeInterpolation(rt: Runtime, parts: readonly Handle[]): Handle {
  const h = newObject(rt, rt.types['string.templatelib.Interpolation']);
  for (const [i, part] of parts.entries()) rt.heap.set(h + FIRST + i, rt.newRef(part));
  rt.heap.gcTrack(h);
  return h;
}

/** `_PyInterpolation_Build`: `conversion` as in CONVERT_VALUE, 0 for none; `format` 0 for none. New. */
export function newInterpolation(
  rt: Runtime,
  value: Handle,
  expression: Handle,
  conversion: number,
  format: Handle,
): Handle {
  const letter = [rt.None, rt.id('s'), rt.id('r'), rt.id('a')][conversion]!;
  return makeInterpolation(rt, [value, expression, letter, format || rt.emptyStr]);
}

/** dealloc, traverse and clear for an object that owns its first words. */
function owns(n: number): TypeSpec['slots'] {
  const words = Array.from({ length: n }, (_, i) => FIRST + i);
  return {
    tp_dealloc(rt: Runtime, h) {
      rt.heap.gcUntrack(h);
      for (const w of words) rt.heap.clearRef(h + w);
      freeObject(rt, h);
    },
    tp_traverse(rt: Runtime, h, visit) {
      for (const w of words) if (rt.mem[h + w] !== 0) visit(rt.mem[h + w]!, h + w);
    },
    tp_clear(rt: Runtime, h) {
      for (const w of words) rt.heap.clearRef(h + w);
    },
    tp_getattro: genericGetAttr,
  };
}

const member = (word: number): GetSetDef => ({ get: (rt: Runtime, h) => rt.newRef(rt.mem[h + word]!) });
const shortName = (rt: Runtime, h: Handle): string => typeName(rt, h).split('.').pop()!;
const classGetItem: TypeSpec['classmethods'] = {
  __class_getitem__: { kind: 'o', fn: (rt: Runtime, cls, item) => newGenericAlias(rt, cls, item) },
};

// ---- Template -----------------------------------------------------------------------------------------------------------

/** Texts and interpolations in any order: neighbouring texts grow together, an empty one stands where none is. */
function fromParts(rt: Runtime, parts: Handle[]): Handle {
  const strings: string[] = [''];
  const sources: Handle[] = [0];
  const interpolations: Handle[] = [];
  for (const part of parts) {
    if (isStr(rt, part)) {
      const last = strings.length - 1;
      sources[last] = strings[last] === '' && sources[last] === 0 ? part : 0;
      strings[last] += strValue(rt, part);
    } else if (isInterpolation(rt, part)) {
      interpolations.push(rt.newRef(part));
      strings.push('');
      sources.push(0);
    } else {
      for (const h of interpolations) rt.decref(h);
      return rt.raise(
        'TypeError',
        `Template.__new__ *args need to be of type 'str' or 'Interpolation', got ${typeName(rt, part)}`,
      );
    }
  }
  const texts = newTuple(
    rt,
    strings.map((s, i) => (sources[i] !== 0 ? rt.newRef(sources[i]!) : strFrom(rt, s))),
  );
  const values = newTuple(rt, interpolations);
  const h = newTemplate(rt, texts, values);
  rt.decref(texts);
  rt.decref(values);
  return h;
}

/** `_PyTemplate_Concat`. */
function concat(rt: Runtime, a: Handle, b: Handle): Handle {
  if (!isTemplate(rt, a) || !isTemplate(rt, b)) {
    return rt.raise(
      'TypeError',
      `can only concatenate string.templatelib.Template (not "${typeName(rt, isTemplate(rt, a) ? b : a)}") to string.templatelib.Template`,
    );
  }
  const [left, right] = [tupleItems(rt, rt.mem[a + FIRST]!), tupleItems(rt, rt.mem[b + FIRST]!)];
  const middle = strFrom(rt, strValue(rt, left.at(-1)!) + strValue(rt, right[0]!));
  const strings = newTuple(rt, [
    ...left.slice(0, -1).map((h) => rt.newRef(h)),
    middle,
    ...right.slice(1).map((h) => rt.newRef(h)),
  ]);
  const interpolations = newTuple(
    rt,
    [...tupleItems(rt, rt.mem[a + SECOND]!), ...tupleItems(rt, rt.mem[b + SECOND]!)].map((h) => rt.newRef(h)),
  );
  const h = newTemplate(rt, strings, interpolations);
  rt.decref(strings);
  rt.decref(interpolations);
  return h;
}

function templateIter(rt: Runtime, h: Handle): Handle {
  const it = newObject(rt, rt.types['string.templatelib.TemplateIter']);
  rt.heap.set(it + FIRST, tupleIter(rt, rt.mem[h + FIRST]!));
  rt.heap.set(it + SECOND, tupleIter(rt, rt.mem[h + SECOND]!));
  rt.heap.set(it + FROM_STRINGS, 1);
  rt.heap.gcTrack(it);
  return it;
}

/** Texts and interpolations by turns; empty texts are left out. */
function templateNext(rt: Runtime, it: Handle): Handle {
  const next = (word: number): Handle => {
    const source = rt.mem[it + word]!;
    return source === 0 ? 0 : rt.tp(source).tp_iternext!(rt, source);
  };
  let item: Handle;
  if (rt.mem[it + FROM_STRINGS] !== 0) {
    item = next(FIRST);
    rt.heap.set(it + FROM_STRINGS, 0);
    if (item === 0 || strLength(rt, item) > 0) return item;
    rt.decref(item);
  }
  item = next(SECOND);
  rt.heap.set(it + FROM_STRINGS, 1);
  return item;
}

const templateSpec: TypeSpec = {
  name: 'string.templatelib.Template',
  module: 'string.templatelib',
  gc: true,
  words: 2,
  basicsize: 32,
  slots: {
    ...owns(2),
    tp_new(rt: Runtime, _type, args, kwnames) {
      if (kwnames !== null && kwnames.length > 0)
        return rt.raise('TypeError', 'Template.__new__ only accepts *args arguments');
      return fromParts(rt, args);
    },
    tp_repr(rt: Runtime, h) {
      const [strings, values] = [reprText(rt, rt.mem[h + FIRST]!), reprText(rt, rt.mem[h + SECOND]!)];
      if (strings === null || values === null) return 0;
      return strFrom(rt, `${shortName(rt, h)}(strings=${strings}, interpolations=${values})`);
    },
    tp_iter: templateIter as never,
    sq_concat: concat as never,
  },
  classmethods: classGetItem!,
  methods: {
    __reduce__: {
      kind: 'noargs',
      fn: (rt: Runtime, h) => {
        const module = rt.importModule(rt.id('string.templatelib'), 0, rt.emptyTuple, 0);
        if (module === 0) return 0;
        rt.decref(module);
        const lib = rt.importModule(rt.id('string'), 0, 0, 0);
        const own = lib === 0 ? 0 : getAttrString(rt, lib, 'templatelib');
        rt.xdecref(lib);
        const unpickle = own === 0 ? 0 : getAttrString(rt, own, '_template_unpickle');
        rt.xdecref(own);
        if (unpickle === 0) return 0;
        return newTuple(rt, [unpickle, newTuple(rt, [rt.newRef(rt.mem[h + FIRST]!), rt.newRef(rt.mem[h + SECOND]!)])]);
      },
    },
  },
  getset: {
    strings: member(FIRST),
    interpolations: member(SECOND),
    values: {
      get: (rt: Runtime, h) =>
        newTuple(
          rt,
          tupleItems(rt, rt.mem[h + SECOND]!).map((i) => rt.newRef(rt.mem[i + FIRST]!)),
        ),
    },
  },
};

// ---- Interpolation --------------------------------------------------------------------------------------------------------

const INTERPOLATION = params('Interpolation', 'value, expression=, conversion=, format_spec=');

/** 's', 'r', 'a' or None. False with an exception. */
function checkConversion(rt: Runtime, h: Handle): boolean {
  if (h === rt.None) return true;
  if (!isStr(rt, h)) {
    rt.raise('TypeError', `Interpolation() argument 'conversion' must be str, not ${typeName(rt, h)}`);
    return false;
  }
  if (['s', 'r', 'a'].includes(strValue(rt, h))) return true;
  rt.raise('ValueError', "Interpolation() argument 'conversion' must be one of 's', 'a' or 'r'");
  return false;
}

function checkText(rt: Runtime, h: Handle, name: string): boolean {
  if (isStr(rt, h)) return true;
  rt.raise('TypeError', `Interpolation() argument '${name}' must be str, not ${typeName(rt, h)}`);
  return false;
}

const interpolationSpec: TypeSpec = {
  name: 'string.templatelib.Interpolation',
  module: 'string.templatelib',
  gc: true,
  words: 4,
  basicsize: 48,
  slots: {
    ...owns(4),
    tp_new(rt: Runtime, _type, args, kwnames) {
      const given = parseArgs(rt, INTERPOLATION, args, kwnames);
      if (given === null) return 0;
      const [value, expression, conversion, format] = given as [Handle, Handle, Handle, Handle];
      if (expression !== 0 && !checkText(rt, expression, 'expression')) return 0;
      if (conversion !== 0 && !checkConversion(rt, conversion)) return 0;
      if (format !== 0 && !checkText(rt, format, 'format_spec')) return 0;
      return makeInterpolation(rt, [value, expression || rt.emptyStr, conversion || rt.None, format || rt.emptyStr]);
    },
    tp_repr(rt: Runtime, h) {
      const texts: string[] = [];
      for (let i = 0; i < 4; i++) {
        const text = reprText(rt, rt.mem[h + FIRST + i]!);
        if (text === null) return 0;
        texts.push(text);
      }
      return strFrom(rt, `${shortName(rt, h)}(${texts.join(', ')})`);
    },
  },
  classmethods: classGetItem!,
  methods: {
    __reduce__: {
      kind: 'noargs',
      fn: (rt: Runtime, h) =>
        newTuple(rt, [
          rt.newRef(rt.mem[h + 1]!),
          newTuple(
            rt,
            [0, 1, 2, 3].map((i) => rt.newRef(rt.mem[h + FIRST + i]!)),
          ),
        ]),
    },
  },
  getset: {
    value: member(FIRST),
    expression: member(SECOND),
    conversion: member(CONVERSION),
    format_spec: member(FORMAT_SPEC),
  },
};

export const templateSpecs: TypeSpec[] = [
  templateSpec,
  interpolationSpec,
  {
    name: 'string.templatelib.TemplateIter',
    module: 'string.templatelib',
    gc: true,
    words: 3,
    basicsize: 40,
    slots: { ...owns(2), tp_iter: selfIter as never, tp_iternext: templateNext as never },
  },
];

/** `__match_args__`, put into the type's dict when it is ready. */
export const INTERPOLATION_MATCH_ARGS = ['value', 'expression', 'conversion', 'format_spec'] as const;
