/** Takes the steps of a test one after another, says of each how it went, and ends. */
export async function take(steps) {
  for (const [name, step] of Object.entries(steps)) {
    try {
      await step();
      console.log(`ok - ${name}`);
    } catch (failure) {
      console.log(`not ok - ${name}\n${failure.stack}`);
      process.exitCode = 1;
    }
  }
  process.exit();
}
