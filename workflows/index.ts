export { deliveryRoute } from './deliveryRoute'
export { dispatchTask } from './dispatchTask'
