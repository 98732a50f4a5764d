/** Rendered when the application is built: shared caches may store it for a year. */
export default function Page() {
  return <p>static</p>;
}
