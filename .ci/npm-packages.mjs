// Lists the npm packages that each folder named as argument installs, and fails unless each is pinned: an exact
// version where it is asked for, and a hash of its contents in the lock file. `npm audit` needs a network.
import { readFileSync } from "node:fs";
import process from "node:process";

const faults = [];

function judge(folder) {
  const read = (name) => JSON.parse(readFileSync(`${folder}/${name}`, "utf8"));
  const { workspaces = [] } = read("package.json");
  const manifests = ["package.json", ...workspaces.map((workspace) => `${workspace}/package.json`)].map(read);
  const asked = manifests.flatMap(({ dependencies = {}, devDependencies = {} }) =>
    Object.entries({ ...dependencies, ...devDependencies }),
  );
  // A folder of this repository has no version to pin.
  const isOurs = (asked) => asked.startsWith("file:../");

  for (const [name, version] of asked) {
    // Under another name, beside another version of the same package: `npm:NAME@VERSION`.
    if (isOurs(version) || /^(npm:(@[\w.-]+\/)?[\w.-]+@)?\d+\.\d+\.\d+$/.test(version)) continue;
    faults.push(`${folder}: ${name} is asked for as ${version}, no exact version`);
  }
  for (const [path, entry] of Object.entries(read("package-lock.json").packages)) {
    const name = path.replace(/^.*node_modules\//, "");
    if (!path.includes("node_modules/") || isOurs(entry.resolved ?? "") || entry.link || entry.inBundle) continue;
    if (!entry.integrity?.startsWith("sha512-")) faults.push(`${folder}: ${name} has no hash in the lock file`);
    if (/^https?:|^git/.test(entry.resolved ?? "")) faults.push(`${folder}: ${name} names where it comes from`);
    console.log(`npm ${folder} ${name} ${entry.version} ${entry.license}`);
  }
}

for (const folder of process.argv.slice(2)) judge(folder);
for (const fault of faults) console.error(fault);
process.exit(faults.length === 0 ? 0 : 1);
