//! Reads a picture that somebody else made and writes our own. The header is believed only as far as to refuse
//! what is too large to decode; a picture that is no picture ends in a sentence.

use std::io::Cursor;

use image::{
    DynamicImage, ExtendedColorType, ImageDecoder, ImageEncoder, ImageError, ImageReader, Limits,
    codecs::{jpeg::JpegEncoder, png::PngEncoder},
    imageops::FilterType,
};

/// Widest picture that is kept, in pixels.
pub const WIDTH: u32 = 1200;
/// Widest picture of a preview, in pixels.
pub const THUMBNAIL: u32 = 480;

/// Largest picture that is decoded, in pixels.
const PIXELS: u64 = 40_000_000;
/// Memory that decoding may take, in bytes: the pixels in 8 bits RGBA and some room.
const MEMORY: u64 = PIXELS * 4 + (64 << 20);
const QUALITY: u8 = 85;

/// A picture that we encoded.
#[derive(Debug, Clone)]
pub struct Picture {
    /// `image/jpeg`, or `image/png` when parts are see-through.
    pub content_type: &'static str,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// The file.
    pub bytes: Vec<u8>,
}

/// Why there is no picture, in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// Another kind of file.
    #[error("This is not a picture in a form that can be shown (JPEG, PNG, GIF or WebP).")]
    NoPicture,
    /// Damaged.
    #[error("The picture's file is damaged.")]
    Damaged,
    /// More pixels than are decoded.
    #[error("The picture has more than 40 million pixels.")]
    TooManyPixels,
    /// An icon.
    #[error("The picture is too small to show.")]
    TooSmall,
}

impl Picture {
    /// Reads a JPEG, PNG, GIF or WebP and writes it anew, no wider than `width` and no higher than twice that.
    /// Takes up to a second of processor time: run it outside the async threads.
    ///
    /// # Errors
    /// Why there is no picture.
    pub fn remake(file: &[u8], width: u32) -> Result<Self, Problem> {
        let reader = ImageReader::new(Cursor::new(file)).with_guessed_format().map_err(|_| Problem::NoPicture)?;
        let mut decoder = reader.into_decoder().map_err(problem)?;
        let (w, h) = decoder.dimensions();
        if u64::from(w) * u64::from(h) > PIXELS {
            return Err(Problem::TooManyPixels);
        }
        let mut limits = Limits::default();
        limits.max_alloc = Some(MEMORY);
        decoder.set_limits(limits).map_err(problem)?;
        let orientation = decoder.orientation().map_err(problem)?;
        let mut image = DynamicImage::from_decoder(decoder).map_err(problem)?;
        image.apply_orientation(orientation);
        if image.width() > width || image.height() > 2 * width {
            image = image.resize(width, 2 * width, FilterType::Triangle);
        }
        Self::encode(&image)
    }

    fn encode(image: &DynamicImage) -> Result<Self, Problem> {
        let (width, height) = (image.width(), image.height());
        let mut bytes = Vec::new();
        let see_through =
            image.color().has_alpha().then(|| image.to_rgba8()).filter(|rgba| rgba.pixels().any(|p| p[3] < 255));
        let (content_type, written) = if let Some(rgba) = see_through {
            let encoder = PngEncoder::new(&mut bytes);
            ("image/png", encoder.write_image(rgba.as_raw(), width, height, ExtendedColorType::Rgba8))
        } else {
            let encoder = JpegEncoder::new_with_quality(&mut bytes, QUALITY);
            ("image/jpeg", encoder.write_image(image.to_rgb8().as_raw(), width, height, ExtendedColorType::Rgb8))
        };
        written.map_err(problem)?;
        Ok(Self { content_type, width, height, bytes })
    }
}

#[expect(clippy::needless_pass_by_value, reason = "the shape that map_err wants")]
fn problem(error: ImageError) -> Problem {
    match error {
        ImageError::Unsupported(_) => Problem::NoPicture,
        ImageError::Limits(_) => Problem::TooManyPixels,
        _ => Problem::Damaged,
    }
}

#[cfg(test)]
mod tests {
    use image::{ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};

    use super::*;

    fn file(image: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        image.into().write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    fn photo(width: u32, height: u32) -> RgbImage {
        RgbImage::from_fn(width, height, |x, y| Rgb([x.to_le_bytes()[0], y.to_le_bytes()[0], 90]))
    }

    #[test]
    fn a_wide_photo_becomes_a_jpeg_of_1200_pixels() {
        let picture = Picture::remake(&file(photo(2400, 1350), ImageFormat::Png), WIDTH).unwrap();
        assert_eq!((picture.content_type, picture.width, picture.height), ("image/jpeg", 1200, 675));
        assert!(picture.bytes.starts_with(&[0xff, 0xd8]));
    }

    #[test]
    fn a_small_picture_keeps_its_size_and_see_through_parts_make_a_png() {
        let clear = RgbaImage::from_pixel(64, 48, Rgba([0, 0, 0, 128]));
        let picture = Picture::remake(&file(clear, ImageFormat::Png), WIDTH).unwrap();
        assert_eq!((picture.content_type, picture.width, picture.height), ("image/png", 64, 48));
        let opaque = RgbaImage::from_pixel(64, 48, Rgba([9, 9, 9, 255]));
        assert_eq!(Picture::remake(&file(opaque, ImageFormat::WebP), WIDTH).unwrap().content_type, "image/jpeg");
    }

    #[test]
    fn what_a_camera_wrote_beside_the_pixels_does_not_survive() {
        let mut jpeg = file(photo(64, 64), ImageFormat::Jpeg);
        let secret = b"GPS of somebody's home";
        let mut comment = vec![0xff, 0xfe, 0, u8::try_from(secret.len() + 2).unwrap()];
        comment.extend_from_slice(secret);
        jpeg.splice(2..2, comment);
        let picture = Picture::remake(&jpeg, WIDTH).unwrap();
        assert!(!picture.bytes.windows(secret.len()).any(|window| window == secret));
    }

    #[test]
    fn a_picture_that_is_no_picture_is_refused_in_words() {
        assert_eq!(Picture::remake(b"<html>not found</html>", WIDTH).unwrap_err(), Problem::NoPicture);
        assert_eq!(Picture::remake(b"", WIDTH).unwrap_err(), Problem::NoPicture);
        let half = &file(photo(300, 300), ImageFormat::Png)[..900];
        assert_eq!(Picture::remake(half, WIDTH).unwrap_err(), Problem::Damaged);
    }

    #[test]
    fn a_bomb_of_pixels_is_refused_by_its_header() {
        let mut png = file(photo(32, 32), ImageFormat::Png);
        png[16..24].copy_from_slice(&[0, 0, 0xff, 0xff, 0, 0, 0xff, 0xff]);
        let checksum = crc(&png[12..29]);
        png[29..33].copy_from_slice(&checksum.to_be_bytes());
        assert_eq!(Picture::remake(&png, WIDTH).unwrap_err(), Problem::TooManyPixels);
    }

    /// The checksum of a PNG chunk.
    fn crc(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(!0_u32, |crc, byte| {
            (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { 0xedb8_8320 ^ (crc >> 1) } else { crc >> 1 })
        })
    }
}
