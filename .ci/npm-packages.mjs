// Lists the npm packages that the folder named as argument installs, and fails unless each is pinned: an exact
// version where it is asked for, and a hash of its contents in the lock file. `npm audit` needs a network.
import { readFileSync } from "node:fs";
import process from "node:process";

const folder = process.argv[2];
const read = (name) => JSON.parse(readFileSync(`${folder}/${name}`, "utf8"));
const { dependencies = {}, devDependencies = {} } = read("package.json");
const faults = [];

for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
  if (!/^\d+\.\d+\.\d+$/.test(version)) faults.push(`${name} is asked for as ${version}, no exact version`);
}
for (const [path, entry] of Object.entries(read("package-lock.json").packages)) {
  if (path === "") continue;
  const name = path.replace(/^.*node_modules\//, "");
  if (!entry.integrity?.startsWith("sha512-")) faults.push(`${name} has no hash in the lock file`);
  console.log(`npm ${name} ${entry.version} ${entry.license}`);
}
for (const fault of faults) console.error(`${folder}: ${fault}`);
process.exit(faults.length === 0 ? 0 : 1);
