import type { MDXComponents } from 'mdx/types';
import { lessonVocabulary } from '@/components/mdx/vocabulary';

/** Next's name for the list of what a lesson may use; the list itself is components/mdx/vocabulary.tsx. */
export function useMDXComponents(): MDXComponents {
  return lessonVocabulary;
}
