const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false });
const day = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hour12: false });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium", hour12: false });

export const count = number => whole.format(number).replaceAll(",", "\u202f");
export const time = date => clock.format(new Date(date));
export const moment = date => full.format(new Date(date));

/** Seconds as people say them: 8 s, 1 min 20 s, 2 h 05 min. */
export function duration(seconds) {
  if (seconds < 59.95) return `${Math.max(0, seconds).toFixed(1)}\u00a0s`;
  const s = Math.round(seconds);
  if (s < 3600) return `${Math.floor(s / 60)}\u00a0min ${String(s % 60).padStart(2, "0")}\u00a0s`;
  return `${Math.floor(s / 3600)}\u00a0h ${String(Math.floor(s / 60) % 60).padStart(2, "0")}\u00a0min`;
}

/** Time left is a guess: no more digits than it deserves. */
export function roughly(seconds) {
  if (seconds < 60) return `${Math.max(1, Math.ceil(seconds / 5)) * 5}\u00a0s`;
  if (seconds < 600) return `${Math.floor(seconds / 60)}\u00a0min ${String(Math.floor(seconds % 60 / 10) * 10).padStart(2, "0")}\u00a0s`;
  return duration(seconds);
}

export function ago(date, now = Date.now()) {
  const seconds = (now - new Date(date)) / 1000;
  if (seconds < 45) return "just now";
  if (seconds < 3600) return `${Math.max(1, Math.round(seconds / 60))}\u00a0min ago`;
  if (seconds < 20 * 3600) return `${Math.round(seconds / 3600)}\u00a0h ago`;
  return day.format(new Date(date));
}

export function bytes(number) {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  let unit = 0;
  let value = number;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${value >= 100 || unit === 0 ? value.toFixed(0) : value.toFixed(1)}\u00a0${units[unit]}`;
}

export const percent = part => `${Math.floor(100 * part)}\u00a0%`;

/** Whether a file was uploaded: where it lies is nothing to anybody. */
export const isUpload = path => path.startsWith("upload:");

/** What a file is called where it is shown. */
export const fileName = path => isUpload(path) ? "uploaded" : path.split("/").pop();

export function ordinal(number) {
  const tens = number % 100;
  const ending = tens > 10 && tens < 14 ? "th" : ["th", "st", "nd", "rd"][number % 10] ?? "th";
  return `${number}${ending}`;
}

/** A refusal as the service says it, set as a sentence. */
export function sentence(words) {
  const said = words.charAt(0).toUpperCase() + words.slice(1);
  return /[.!?]$/.test(said) ? said : `${said}.`;
}
