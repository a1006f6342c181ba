// Next's own ambient types, so that `tsc` needs no build to have run first.
/// <reference types="next" />
/// <reference types="next/image-types/global" />
declare module '*.css';
declare module '*.mdx' {
  import type { ComponentType } from 'react';
  const Page: ComponentType;
  export default Page;
}
