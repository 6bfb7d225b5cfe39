//! The scenes of an energy company: windmills on hills, panels in the sun, a city at dusk, the sea, colleagues. A name
//! such as `wind-3` chooses its scene; any other name leaves the choice to its hash, as it does all measures.

#![expect(clippy::cast_precision_loss, reason = "pixel sizes and small counters become fractions of a picture")]

use std::f32::consts::TAU;

use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use sha2::{Digest as _, Sha256};

use super::canvas::{Canvas, Rgb, mix};

/// Sky above, sky below, sun, far, middle, near, accent.
type Palette = [Rgb; 7];

const PALETTES: [Palette; 8] = [
    [[118, 184, 222], [247, 236, 214], [255, 250, 235], [150, 188, 190], [84, 142, 138], [38, 92, 96], [255, 255, 255]],
    [[250, 170, 120], [253, 232, 200], [255, 246, 220], [214, 138, 122], [150, 84, 100], [82, 46, 74], [255, 244, 232]],
    [[60, 110, 170], [190, 220, 238], [255, 244, 214], [126, 170, 200], [62, 114, 152], [26, 64, 100], [246, 250, 255]],
    [[168, 208, 170], [246, 246, 214], [255, 252, 226], [134, 180, 140], [78, 134, 104], [34, 84, 74], [255, 255, 248]],
    [[70, 60, 120], [240, 150, 140], [255, 214, 170], [126, 88, 142], [78, 58, 112], [40, 34, 74], [255, 226, 210]],
    [[240, 196, 110], [252, 240, 206], [255, 252, 238], [210, 166, 96], [150, 116, 76], [88, 72, 60], [255, 250, 238]],
    [[90, 160, 168], [222, 240, 228], [255, 250, 226], [122, 182, 176], [56, 124, 130], [20, 70, 84], [250, 255, 252]],
    [[196, 172, 214], [250, 228, 226], [255, 246, 236], [172, 142, 190], [118, 92, 146], [64, 50, 92], [255, 246, 250]],
];

/// Draws the picture of a name.
pub(super) fn draw(name: &str, width: u32, height: u32) -> Canvas {
    let hash: [u8; 32] = Sha256::digest(name).into();
    let mut rng = StdRng::from_seed(hash);
    let palette = PALETTES[usize::from(hash[0]) % PALETTES.len()];
    let mut canvas = Canvas::gradient(width, height, palette[0], palette[1]);
    let kind = name.split('-').next().unwrap_or_default();
    match kind {
        "wind" => wind(&mut canvas, &palette, &mut rng),
        "sun" => sun(&mut canvas, &palette, &mut rng),
        "city" => city(&mut canvas, &palette, &mut rng),
        "sea" => sea(&mut canvas, &palette, &mut rng),
        "people" => people(&mut canvas, &palette, &mut rng, 5),
        "member" => people(&mut canvas, &palette, &mut rng, 1),
        _ => [wind, sun, city, sea][usize::from(hash[1]) % 4](&mut canvas, &palette, &mut rng),
    }
    canvas
}

fn size(canvas: &Canvas) -> (f32, f32) {
    (canvas.width as f32, canvas.height as f32)
}

/// A sun with its glow.
fn light(canvas: &mut Canvas, palette: &Palette, rng: &mut StdRng) {
    let (w, h) = size(canvas);
    let (x, y, radius) =
        (w * rng.random_range(0.15..0.85), h * rng.random_range(0.18..0.4), h * rng.random_range(0.07..0.12));
    canvas.disc(x, y, radius * 1.5, radius * 2.6, palette[2], 0.55);
    canvas.disc(x, y, radius, 1.5, palette[2], 1.0);
}

/// One row of rolling hills; `top` is the share of the height at which they begin.
fn hills(canvas: &mut Canvas, colour: Rgb, top: f32, rng: &mut StdRng) {
    canvas.ground(colour, ridge(canvas, top, rng));
}

/// The height of a hill at each column.
fn ridge(canvas: &Canvas, top: f32, rng: &mut StdRng) -> impl Fn(f32) -> f32 + use<> {
    let (w, h) = size(canvas);
    let (first, second) = (rng.random_range(0.0..TAU), rng.random_range(0.0..TAU));
    let (wide, narrow) = (rng.random_range(0.8..1.4), rng.random_range(1.9..3.1));
    move |x| {
        let t = x / w * TAU;
        h * (top + 0.045 * (t * wide + first).sin() + 0.02 * (t * narrow + second).sin())
    }
}

fn turbine(canvas: &mut Canvas, foot: (f32, f32), tall: f32, colour: Rgb, rng: &mut StdRng) {
    let hub = (foot.0, foot.1 - tall);
    canvas.stroke((foot.0, foot.1 + tall * 0.1), hub, (tall * 0.05, tall * 0.024), colour);
    let turn = rng.random_range(0.0..TAU / 3.0);
    for blade in 0..3u8 {
        let angle = turn + f32::from(blade) * TAU / 3.0;
        let tip = (hub.0 + angle.cos() * tall * 0.52, hub.1 + angle.sin() * tall * 0.52);
        canvas.stroke(hub, tip, (tall * 0.04, tall * 0.008), colour);
    }
    canvas.disc(hub.0, hub.1, tall * 0.028, 1.2, colour, 1.0);
}

fn wind(canvas: &mut Canvas, palette: &Palette, rng: &mut StdRng) {
    let (w, h) = size(canvas);
    light(canvas, palette, rng);
    hills(canvas, palette[3], 0.58, rng);
    let ridge = ridge(canvas, 0.68, rng);
    canvas.ground(palette[4], &ridge);
    let count = rng.random_range(3..=5u8);
    for place in 0..count {
        let x = w * (f32::from(place) + rng.random_range(0.25..0.75)) / f32::from(count);
        turbine(canvas, (x, ridge(x)), h * rng.random_range(0.26..0.46), palette[6], rng);
    }
    hills(canvas, palette[5], 0.84, rng);
}

fn sun(canvas: &mut Canvas, palette: &Palette, rng: &mut StdRng) {
    let (w, h) = size(canvas);
    light(canvas, palette, rng);
    hills(canvas, palette[3], 0.5, rng);
    hills(canvas, palette[4], 0.58, rng);
    canvas.ground(palette[4], |_| h * 0.615);
    let lean = rng.random_range(-0.12..0.12) * w;
    for row in 0..3u8 {
        let part = f32::from(row) / 3.0;
        let (top, tall) = (h * (0.62 + part * 0.36), h * (0.085 + part * 0.05));
        let columns = 7 - row;
        let wide = w * 1.16 / f32::from(columns);
        for column in 0..columns {
            let left = -w * 0.08 + f32::from(column) * wide;
            let (inset, panel) = (wide * 0.07, mix(palette[5], palette[0], 0.12 + part * 0.1));
            let upper = (left + inset + lean * 0.3, left + wide - inset * 2.0 + lean * 0.3, top);
            let lower = (left + inset, left + wide - inset * 2.0, top + tall);
            canvas.slab(upper, lower, panel);
            let shine = mix(panel, palette[6], 0.3);
            for cut in 1..4u8 {
                let share = f32::from(cut) / 4.0;
                let at = |edge: (f32, f32, f32)| (edge.0 + (edge.1 - edge.0) * share, edge.2);
                canvas.stroke(at(upper), at(lower), (h * 0.002, h * 0.002), shine);
            }
            let middle = f32::midpoint(upper.2, lower.2);
            canvas.stroke(
                (left + inset + lean * 0.15, middle),
                (left + wide - inset * 2.0 + lean * 0.15, middle),
                (h * 0.002, h * 0.002),
                shine,
            );
        }
    }
}

fn city(canvas: &mut Canvas, palette: &Palette, rng: &mut StdRng) {
    let (w, h) = size(canvas);
    light(canvas, palette, rng);
    for (row, colour) in [palette[3], palette[4], palette[5]].into_iter().enumerate() {
        let low = 0.62 + row as f32 * 0.1;
        let mut left = -w * rng.random_range(0.0..0.05);
        while left < w {
            let wide = w * rng.random_range(0.05..0.1);
            let top = h * (low - rng.random_range(0.02..0.3) * (1.0 - row as f32 * 0.15));
            canvas.block(left, top, wide, h - top, colour);
            if row == 2 {
                windows(canvas, (left, top, wide), palette[2], rng);
            }
            left += wide + w * rng.random_range(0.0..0.02) * row as f32;
        }
    }
}

fn windows(canvas: &mut Canvas, (left, top, wide): (f32, f32, f32), colour: Rgb, rng: &mut StdRng) {
    let (_, h) = size(canvas);
    let step = h * 0.042;
    let columns = (wide / step).floor().max(1.0);
    let margin = (wide - columns * step) / 2.0;
    let mut y = top + step;
    while y < h {
        let mut x = left + margin + step * 0.28;
        while x + step * 0.4 < left + wide - margin {
            if rng.random_bool(0.42) {
                canvas.block(x, y, step * 0.44, step * 0.5, colour);
            }
            x += step;
        }
        y += step * 1.15;
    }
}

fn sea(canvas: &mut Canvas, palette: &Palette, rng: &mut StdRng) {
    let (w, h) = size(canvas);
    light(canvas, palette, rng);
    let horizon = h * 0.6;
    let count = rng.random_range(4..=7u8);
    for place in 0..count {
        let x = w * (f32::from(place) + rng.random_range(0.3..0.7)) / f32::from(count);
        turbine(canvas, (x, horizon), h * rng.random_range(0.18..0.34), palette[6], rng);
    }
    for row in 0..6u8 {
        let part = f32::from(row) / 5.0;
        let (phase, waves) = (rng.random_range(0.0..TAU), 3.0 + (1.0 - part) * 9.0);
        let (top, swing) = (horizon + h * 0.4 * part * part.sqrt(), h * (0.003 + 0.014 * part));
        canvas.ground(mix(palette[3], palette[5], part), move |x| top + swing * (x / w * TAU * waves + phase).sin());
    }
}

fn people(canvas: &mut Canvas, palette: &Palette, rng: &mut StdRng, count: u8) {
    let (w, h) = size(canvas);
    if count > 1 {
        canvas.disc(w * 0.5, h * 0.62, h * 0.46, 1.5, mix(palette[1], palette[2], 0.7), 1.0);
        hills(canvas, mix(palette[1], palette[3], 0.5), 0.82, rng);
    }
    let skins: [Rgb; 4] = [[244, 208, 178], [224, 172, 134], [168, 112, 78], [112, 72, 52]];
    for place in 0..count {
        let scale = if count == 1 { h * 0.2 } else { h * rng.random_range(0.095..0.115) };
        let x = if count == 1 { w * 0.5 } else { w * (0.18 + 0.16 * f32::from(place)) };
        let y = if count == 1 { h * 0.42 } else { h * rng.random_range(0.44..0.54) };
        let shirt = mix(palette[3 + usize::from(place % 3)], palette[6], if place % 2 == 0 { 0.0 } else { 0.25 });
        let skin = skins[rng.random_range(0..skins.len())];
        let hair = mix([40, 30, 28], palette[5], rng.random_range(0.0..0.5));
        canvas.disc(x, y + scale * 2.75, scale * 1.75, 1.5, shirt, 1.0);
        canvas.block(x - scale * 1.75, y + scale * 2.75, scale * 3.5, h, shirt);
        canvas.block(x - scale * 0.32, y + scale * 0.6, scale * 0.64, scale * 0.75, mix(skin, [90, 50, 40], 0.18));
        canvas.disc(x, y - scale * 0.12, scale * 1.06, 1.5, hair, 1.0);
        canvas.disc(x, y + scale * 0.16, scale * 0.88, 1.5, skin, 1.0);
    }
}
