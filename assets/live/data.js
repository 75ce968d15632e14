// Reading what Python packed: a JSON header, then uint16 numbers. See bayes_core/figures/film.py for the writing side.
const GAP = 65535; // stands for "nothing here": a break in a line, or a position nobody may answer for

function unpack(data) {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const size = view.getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(data.subarray(4, 4 + size)));
  const codes = new Uint16Array(data.buffer.slice(data.byteOffset + 4 + size, data.byteOffset + data.byteLength));
  return { header, codes };
}

// One handle's film strip. `numbers` maps a name to {start, rows, size, low, step}; `words` maps a name to texts.
class Film {
  constructor(spec, codes) {
    this.spec = spec;
    this.codes = codes;
  }
  has(name) { return name in this.spec.numbers; }
  names() { return Object.keys(this.spec.numbers); }
  row(name, position) {
    const n = this.spec.numbers[name];
    if (!n) return null;
    const start = n.start + Math.min(position, n.rows - 1) * n.size;
    const out = new Float64Array(n.size);
    for (let i = 0; i < n.size; i++) {
      const code = this.codes[start + i];
      out[i] = code === GAP ? NaN : n.low + code * n.step;
    }
    return out;
  }
  word(name, position) {
    const w = this.spec.words[name];
    return w ? w[Math.min(position, w.length - 1)] : null;
  }
}

// Several strips for one handle (the picture's, and what followed later), read as one.
class Reel {
  constructor(film) { this.films = [film]; }
  add(film) { this.films.push(film); }
  find(name, kind) { for (let i = this.films.length - 1; i >= 0; i--) if (name in this.films[i].spec[kind]) return this.films[i]; return null; }
  row(name, position) { const f = this.find(name, "numbers"); return f ? f.row(name, position) : null; }
  word(name, position) { const f = this.find(name, "words"); return f ? f.word(name, position) : null; }
  names() { return [...new Set(this.films.flatMap(f => f.names()))]; }
  fits(stamp, handle, positions) {
    const s = this.films[0].spec;
    return s.stamp === stamp && Object.entries(s.home).every(([h, i]) => h === handle || positions[h] === i);
  }
}
