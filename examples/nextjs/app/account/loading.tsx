export default function Loading() {
  return (
    <p role="status" className="card quiet">
      Loading…
    </p>
  );
}
