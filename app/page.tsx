import Link from 'next/link';
import { readOutline } from '@/lib/content/outline';
export default function Home() {
  const first = readOutline()[0]?.lessons[0];
  return (
    <main id="main">
      <h1>Heapbook</h1>
      {first && <Link href={first.href}>Start the first lesson</Link>}
    </main>
  );
}
