export default function Hr() {
  return null;
}
