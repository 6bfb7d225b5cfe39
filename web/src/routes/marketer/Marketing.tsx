export default function Marketing() {
  return null;
}
