// Shares of the time that the stages take, measured on a plate of 6000 × 6000; stitching goes on beside matting.
const shares = { ingest: 0.07, priors: 0.1, encode: 0.45, rank: 0.01, matte: 0.37 };

const words = { ingest: "Reading", priors: "Priors", encode: "Encoding", rank: "Ranking", matte: "Matting", stitch: "Stitching" };

export const stageWord = stage => words[stage] ?? stage;

/** How much of a job is done, 0 to 1. */
export function fraction(job) {
  if (job.state === "succeeded") return 1;
  return Math.min(0.999, job.stages.reduce((sum, stage) => sum + (shares[stage.stage] ?? 0) * (stage.total > 0 ? stage.done / stage.total : 0), 0));
}

/** The stage that tells most: the last begun that is not over; stitching only when nothing else goes on. */
export function current(job) {
  const open = job.stages.filter(stage => stage.done < stage.total);
  return open.find(stage => stage.stage !== "stitch") ?? open[0] ?? job.stages.at(-1) ?? null;
}

/** Seconds left; null while nothing can be said. */
export function secondsLeft(job) {
  if (job.state !== "running") return null;
  const stage = current(job);
  if (stage?.secondsLeft === null || stage?.secondsLeft === undefined) return null;
  if (stage.stage === "matte" || stage.stage === "stitch") return stage.secondsLeft;
  if (stage.stage === "encode") return stage.secondsLeft + (stage.seconds + stage.secondsLeft) * shares.matte / shares.encode;
  return null;
}

/** Seconds between start and end; null where it has not both. */
export function secondsTaken(job) {
  return job.startedUtc && job.finishedUtc ? (new Date(job.finishedUtc) - new Date(job.startedUtc)) / 1000 : null;
}
