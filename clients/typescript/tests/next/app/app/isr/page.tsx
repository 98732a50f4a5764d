/** Rendered anew every second, and stored by shared caches in between. */
export const revalidate = 1;

export default function Page() {
  return <p>isr</p>;
}
