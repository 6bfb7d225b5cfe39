//! A small canvas with soft edges: fills, circles, lines and columns, all in pixels from the top left.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "coordinates and colour channels are small numbers that change between pixels and fractions"
)]

/// Red, green, blue.
pub(super) type Rgb = [u8; 3];

/// Pixels, three bytes each, row by row.
pub(super) struct Canvas {
    pub(super) width: u32,
    pub(super) height: u32,
    pixels: Vec<u8>,
}

impl Canvas {
    /// A canvas filled from top to bottom with a gradient.
    pub(super) fn gradient(width: u32, height: u32, top: Rgb, bottom: Rgb) -> Self {
        let mut pixels = Vec::with_capacity((width * height * 3) as usize);
        for y in 0..height {
            let row = mix(top, bottom, y as f32 / height as f32);
            for _ in 0..width {
                pixels.extend_from_slice(&row);
            }
        }
        Self { width, height, pixels }
    }

    pub(super) fn pixels(&self) -> &[u8] {
        &self.pixels
    }

    /// The picture in the middle of a higher, black one.
    pub(super) fn letterboxed(self, height: u32) -> Self {
        let above = (height.saturating_sub(self.height) / 2 * self.width * 3) as usize;
        let mut pixels = vec![0; (height * self.width * 3) as usize];
        pixels[above..above + self.pixels.len()].copy_from_slice(&self.pixels);
        Self { width: self.width, height, pixels }
    }

    fn blend(&mut self, x: i32, y: i32, colour: Rgb, cover: f32) {
        if cover <= 0.0 || x < 0 || y < 0 || x >= self.width as i32 || y >= self.height as i32 {
            return;
        }
        let at = (y as usize * self.width as usize + x as usize) * 3;
        let pixel = &mut self.pixels[at..at + 3];
        if cover >= 1.0 {
            pixel.copy_from_slice(&colour);
        } else {
            pixel.copy_from_slice(&mix([pixel[0], pixel[1], pixel[2]], colour, cover));
        }
    }

    /// Fills each column from `top(x)` to the lower edge.
    pub(super) fn ground(&mut self, colour: Rgb, top: impl Fn(f32) -> f32) {
        for x in 0..self.width as i32 {
            let edge = top(x as f32);
            let first = edge.floor() as i32;
            self.blend(x, first, colour, 1.0 - edge.fract());
            for y in (first + 1).max(0)..self.height as i32 {
                self.blend(x, y, colour, 1.0);
            }
        }
    }

    /// A disc; `soft` is the width of its edge, large for a glow.
    pub(super) fn disc(&mut self, cx: f32, cy: f32, radius: f32, soft: f32, colour: Rgb, strength: f32) {
        let reach = radius + soft;
        for y in (cy - reach).floor() as i32..=(cy + reach).ceil() as i32 {
            for x in (cx - reach).floor() as i32..=(cx + reach).ceil() as i32 {
                let distance = (x as f32 - cx).hypot(y as f32 - cy);
                self.blend(x, y, colour, ((radius - distance) / soft + 0.5).clamp(0.0, 1.0) * strength);
            }
        }
    }

    /// A line with round ends that grows thinner from `from` to `to`.
    pub(super) fn stroke(&mut self, from: (f32, f32), to: (f32, f32), thick: (f32, f32), colour: Rgb) {
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let square = (dx * dx + dy * dy).max(1.0);
        let reach = thick.0.max(thick.1) + 1.0;
        for y in (from.1.min(to.1) - reach).floor() as i32..=(from.1.max(to.1) + reach).ceil() as i32 {
            for x in (from.0.min(to.0) - reach).floor() as i32..=(from.0.max(to.0) + reach).ceil() as i32 {
                let (px, py) = (x as f32 - from.0, y as f32 - from.1);
                let along = ((px * dx + py * dy) / square).clamp(0.0, 1.0);
                let distance = (px - along * dx).hypot(py - along * dy);
                let half = thick.0 / 2.0 + (thick.1 - thick.0) / 2.0 * along;
                self.blend(x, y, colour, (half - distance + 0.5).clamp(0.0, 1.0));
            }
        }
    }

    /// An upright rectangle.
    pub(super) fn block(&mut self, left: f32, top: f32, width: f32, height: f32, colour: Rgb) {
        for y in top.round() as i32..(top + height).round() as i32 {
            for x in left.round() as i32..(left + width).round() as i32 {
                self.blend(x, y, colour, 1.0);
            }
        }
    }

    /// A four-cornered shape between an upper and a lower edge, each given by its left and right end.
    pub(super) fn slab(&mut self, upper: (f32, f32, f32), lower: (f32, f32, f32), colour: Rgb) {
        for y in upper.2.round() as i32..lower.2.round() as i32 {
            let part = (y as f32 - upper.2) / (lower.2 - upper.2).max(1.0);
            let (left, right) = (upper.0 + (lower.0 - upper.0) * part, upper.1 + (lower.1 - upper.1) * part);
            for x in left.floor() as i32..=right.ceil() as i32 {
                let cover = (x as f32 - left + 0.5).min(right - x as f32 + 0.5).clamp(0.0, 1.0);
                self.blend(x, y, colour, cover);
            }
        }
    }
}

/// Between two colours: 0 is the first, 1 the second.
pub(super) fn mix(from: Rgb, to: Rgb, part: f32) -> Rgb {
    let channel =
        |index: usize| (f32::from(from[index]) + (f32::from(to[index]) - f32::from(from[index])) * part).round() as u8;
    [channel(0), channel(1), channel(2)]
}
