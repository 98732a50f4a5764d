// Every audit of GraphQL over HTTP that graphql-http has, MAYs included, must be ok.
import { serverAudits } from "graphql-http";

const url = process.argv[2];
const failed = [];
let count = 0;
for (const audit of serverAudits({ url, fetchFn: fetch })) {
  const result = await audit.fn();
  count += 1;
  if (result.status !== "ok") failed.push(`${audit.id} ${result.status}: ${audit.name} (${result.reason})`);
}
console.log(`${count - failed.length} of ${count} audits ok`);
failed.forEach((line) => console.log(line));
process.exitCode = failed.length === 0 && count >= 61 ? 0 : 1;
